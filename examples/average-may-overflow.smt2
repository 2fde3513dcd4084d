; A bug that lived for decades in binary searches: (low + high) / 2 is not between low and high once the sum overflows.
; The script looks for such a pair. There is one: sat, so the goal "it never happens" is refuted. See it with --show-output.
(set-option :produce-models true)
(set-logic QF_BV)
(declare-const low (_ BitVec 16))
(declare-const high (_ BitVec 16))
(define-fun middle () (_ BitVec 16) (bvlshr (bvadd low high) #x0001))
(assert (bvule low high))
(assert (not (and (bvule low middle) (bvule middle high))))
(check-sat)
(get-value (low high middle))
