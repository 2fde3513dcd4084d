; The remedy for average-may-overflow.smt2: (x and y) + (x xor y) / 2 is the average, with no bit more than the words have.
; The script compares it with the sum in one bit more. They never differ: unsat, so the goal is proved.
(set-logic QF_BV)
(declare-const x (_ BitVec 16))
(declare-const y (_ BitVec 16))
(define-fun average () (_ BitVec 16) (bvadd (bvand x y) (bvlshr (bvxor x y) #x0001)))
(define-fun wide-sum () (_ BitVec 17) (bvadd ((_ zero_extend 1) x) ((_ zero_extend 1) y)))
(assert (distinct average ((_ extract 16 1) wide-sum)))
(check-sat)
