; Reals around a triangle of differences that does not close.
(set-logic QF_LRA)
(declare-const x Real)
(declare-const y Real)
(declare-const z Real)
(assert (> (- x y) 1.5))
(assert (> (- y z) 2.25))
(assert (< (- x z) 3.5))
(check-sat)
