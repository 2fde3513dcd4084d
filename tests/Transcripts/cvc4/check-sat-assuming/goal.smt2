(set-logic QF_LIA)
(declare-fun p () Bool)
(assert (not p))
(check-sat-assuming (p))
