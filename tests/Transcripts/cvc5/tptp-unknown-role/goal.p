fof(a1, question_of_faith, ~ q(a)).
fof(c, conjecture, q(a)).
