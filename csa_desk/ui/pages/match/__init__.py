"""Who could help a child."""
