cnf(a1, axiom, ( ~ p(X) | q(X) )).
cnf(a2, axiom, p(a)).
