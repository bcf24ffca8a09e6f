"""The command line: the same verbs without a window."""


def main() -> int:
    return 0
