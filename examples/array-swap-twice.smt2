; Swapping the same two cells of an array twice changes nothing, also when the two are one.
; The script looks for an array that comes out different. There is none: unsat, so the goal is proved.
(set-logic QF_AX)
(declare-sort Index 0)
(declare-sort Element 0)
(declare-const a (Array Index Element))
(declare-const i Index)
(declare-const j Index)
(define-fun once () (Array Index Element) (store (store a i (select a j)) j (select a i)))
(define-fun twice () (Array Index Element) (store (store once i (select once j)) j (select once i)))
(assert (distinct a twice))
(check-sat)
