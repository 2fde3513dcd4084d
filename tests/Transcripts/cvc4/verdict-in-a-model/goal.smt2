(set-option :produce-models true)
(set-logic QF_LIA)
(declare-fun |
unsat
| () Int)
(assert (< |
unsat
| 7))
(check-sat)
(get-model)
