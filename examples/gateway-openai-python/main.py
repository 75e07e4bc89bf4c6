# The official openai client with the gateway: start `openclaw gateway run` first, then `pip install openai`.
import os

from openai import OpenAI

client = OpenAI(
    base_url=os.environ.get("OPENAI_BASE_URL", "http://127.0.0.1:18789/v1"),
    api_key=os.environ.get("OPENAI_API_KEY", "unused"),
)

# `openclaw` is the configured default model, with its fallbacks.
stream = client.chat.completions.create(
    model="openclaw",
    messages=[{"role": "user", "content": "Say hello."}],
    stream=True,
)
answered_by = ""
for chunk in stream:
    answered_by = chunk.model
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)
print(f"\n(answered by {answered_by})")
