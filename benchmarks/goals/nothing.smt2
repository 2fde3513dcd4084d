; Nothing is asserted.
(set-logic QF_LIA)
(declare-const x Int)
(check-sat)
