fof(a1, axiom, ![X] : (p(X) => q(X))).
fof(c, conjecture, q(a)).
