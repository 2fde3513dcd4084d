fof(a1, axiom, p(a) q(a)).
fof(c, conjecture, q(a)).
