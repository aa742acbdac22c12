"""Thank-yous: one tap and, for who likes, some words to somebody who helped."""
