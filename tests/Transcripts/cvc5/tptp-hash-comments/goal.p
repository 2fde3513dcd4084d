# a comment of E
fof(a1, axiom, p(a)). # and one more
fof(c, conjecture, p(a)).
