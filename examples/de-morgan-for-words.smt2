; De Morgan's law holds for machine words, bit by bit: not (x and y) = (not x) or (not y).
; The script looks for two words that break it. There are none: unsat, so the goal is proved.
(set-logic QF_BV)
(declare-const x (_ BitVec 32))
(declare-const y (_ BitVec 32))
(assert (distinct (bvnot (bvand x y)) (bvor (bvnot x) (bvnot y))))
(check-sat)
