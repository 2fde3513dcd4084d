fof(a1, axiom, p(a)).
fof(a2, axiom, ~ p(a)).
fof(c, conjecture, q(b)).
