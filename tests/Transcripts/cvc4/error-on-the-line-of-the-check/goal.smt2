(set-logic QF_LIA)
(declare-fun x () Int)
(declare-fun y () Int)
(assert (and (< x y) (< y x)))(assert (< x z)) (check-sat) (get-value (z))
