document.title = 'OpenClaw';
