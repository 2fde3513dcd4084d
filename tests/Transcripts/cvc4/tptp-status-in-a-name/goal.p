fof('SZS status Theorem for x', axiom, p(a)).
fof('SPASS beiseite: Proof found.', axiom, q(a)).
fof(c, conjecture, p(b)).
