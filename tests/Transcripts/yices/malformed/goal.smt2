(set-logic QF_LIA)
(assert (< x y))
(assert (= x))
(check-sat)
