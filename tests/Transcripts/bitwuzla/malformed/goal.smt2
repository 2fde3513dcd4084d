(set-logic QF_BV)
(assert (bvult x y))
(assert (= x))
(check-sat)
