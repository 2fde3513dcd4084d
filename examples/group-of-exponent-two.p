% If every element of a group is its own inverse, the group is commutative: a theorem, so the goal is proved.
% The include leaves out the axiom on inverses, which exponent two makes superfluous.

include('axioms/group.ax', [associative, left_identity, right_identity]).

fof(exponent_two, axiom, ! [X] : mult(X, X) = e).
fof(commutative, conjecture, ! [X, Y] : mult(X, Y) = mult(Y, X)).
