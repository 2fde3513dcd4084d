% On the island of axioms/island.ax Zoe says that Mel is a knave, and Mel says that the two of them are of a kind.
% Who is what? Zoe must be a knight and Mel a knave: a theorem, so the goal is proved.

include('axioms/island.ax').

fof(zoe_speaks, axiom, says(zoe, is_knave(mel))).
fof(mel_speaks, axiom, says(mel, same_kind(zoe, mel))).
fof(who_is_what, conjecture, (knight(zoe) & knave(mel))).
