tff(p_type, type, p: $int > $o).
tff(a1, axiom, ![X: $int] : p(X)).
tff(c, conjecture, p($sum(1, 2))).
