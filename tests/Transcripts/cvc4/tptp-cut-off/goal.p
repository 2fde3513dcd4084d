% A group of exponent 5 that two elements generate: hard for everybody.
fof(assoc, axiom, ![X, Y, Z] : m(m(X, Y), Z) = m(X, m(Y, Z))).
fof(unit, axiom, ![X] : m(e, X) = X).
fof(inverse, axiom, ![X] : m(i(X), X) = e).
fof(exponent, axiom, ![X] : m(X, m(X, m(X, m(X, X)))) = e).
fof(c, conjecture, m(m(a, b), m(a, b)) = m(m(b, a), m(b, a))).
