(set-logic QF_FROB)
(check-sat)
