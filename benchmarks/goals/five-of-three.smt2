; f to the third and f to the fifth give back a, so f itself does.
(set-logic QF_UF)
(declare-sort U 0)
(declare-const a U)
(declare-fun f (U) U)
(assert (= (f (f (f a))) a))
(assert (= (f (f (f (f (f a))))) a))
(assert (not (= (f a) a)))
(check-sat)
