% If there is somebody whom everyone likes, then everyone likes somebody: a theorem, so the goal is proved.
% The other way round it does not hold: everyone-likes-someone.p.

fof(someone_is_liked_by_all, axiom, ? [Y] : ! [X] : likes(X, Y)).
fof(everyone_likes_someone, conjecture, ! [X] : ? [Y] : likes(X, Y)).
