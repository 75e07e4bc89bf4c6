/** What is in flight, in the order in which it began. */
export interface InFlightList<Member> {
  readonly size: number;
  /** Lists a member until its entry is removed. */
  add(member: Member): InFlightEntry;
  oldest(): Member | undefined;
  members(): Member[];
}

export interface InFlightEntry {
  /** A second call does nothing. */
  remove(): void;
}

/**
 * Lists what is in flight. This is a linked list, as a `Set` that lives long and changes with each request is expensive: V8
 * replaces its table when it is full, and links the old table to the new one. Once a table is in the old generation, every later
 * table, and all that it ever listed, survives until the next full garbage collection.
 */
export function createInFlightList<Member>(): InFlightList<Member> {
  return new LinkedList<Member>();
}

class LinkedList<Member> implements InFlightList<Member> {
  size = 0;
  #first: Link<Member> | undefined;
  #last: Link<Member> | undefined;

  add(member: Member): InFlightEntry {
    const link = new Link(member, { list: this, previous: this.#last });
    if (this.#last === undefined) this.#first = link;
    else this.#last.next = link;
    this.#last = link;
    this.size += 1;
    return link;
  }

  oldest(): Member | undefined {
    return this.#first?.member;
  }

  members(): Member[] {
    const members: Member[] = [];
    for (let link = this.#first; link !== undefined; link = link.next) members.push(link.member);
    return members;
  }

  unlink({ previous, next }: Link<Member>): void {
    if (previous === undefined) this.#first = next;
    else previous.next = next;
    if (next === undefined) this.#last = previous;
    else next.previous = previous;
    this.size -= 1;
  }
}

class Link<Member> implements InFlightEntry {
  readonly member: Member;
  previous: Link<Member> | undefined;
  next: Link<Member> | undefined;
  #list: LinkedList<Member> | undefined;

  constructor(
    member: Member,
    { list, previous }: { readonly list: LinkedList<Member>; readonly previous: Link<Member> | undefined },
  ) {
    this.member = member;
    this.#list = list;
    this.previous = previous;
  }

  remove(): void {
    const list = this.#list;
    this.#list = undefined;
    list?.unlink(this);
    // A removed link in the old generation must not keep its neighbours.
    this.previous = undefined;
    this.next = undefined;
  }
}
