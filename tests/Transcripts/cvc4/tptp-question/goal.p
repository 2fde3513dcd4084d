fof(a1, axiom, p(a)).
fof(c, question, ?[X] : p(X)).
