"""Content packs: read strictly from TOML, and checked by every rule of resources/content/README.md."""
