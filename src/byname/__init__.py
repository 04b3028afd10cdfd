"""By Name: lists of the victims of the Great Terror, in one file that anyone can hold."""
