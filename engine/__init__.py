"""The engine: it reads law as data, evaluates facts, and explains. It names no law itself."""
