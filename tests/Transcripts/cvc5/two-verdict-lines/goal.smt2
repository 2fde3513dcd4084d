(set-option :dump-models true)
(set-option :dump_models true)
(set-option :produce-models true)
(set-logic QF_LIA)
(declare-fun |
unsat
| () Int)
(assert (< |
unsat
| 7))
(check-sat)
