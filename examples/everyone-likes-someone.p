% That everyone likes somebody does not mean that there is somebody whom everyone likes: quantifiers do not swap.
% Counter-satisfiable, so the goal is refuted.

fof(everyone_likes_someone, axiom, ! [X] : ? [Y] : likes(X, Y)).
fof(someone_is_liked_by_all, conjecture, ? [Y] : ! [X] : likes(X, Y)).
