"""``python -m byname`` is the command ``byname``."""

from byname.cli import main

if __name__ == "__main__":
    main()
