"""What the stage imports."""


def added(numbers, shift):
    return numbers + shift
