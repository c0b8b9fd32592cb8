"""A sales report from lines of "name;count"."""


def totals(lines):
    """Number of pieces sold, by name."""
    sold = {}
    for line in lines:
        name, count = line.strip().split(";")
        sold[name] = sold.get(name, 0) + int(count)
    return sold


def best_seller(lines):
    """Name of what was sold most often."""
    sold = totals(lines)
    return max(sold, key=sold.get)


if __name__ == "__main__":
    print(best_seller(["tea;2", "cup;1", "tea;3"]))
