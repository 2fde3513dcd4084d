; Two stores at different places commute.
(set-logic QF_AUFLIA)
(declare-const m (Array Int Int))
(declare-const i Int)
(declare-const j Int)
(declare-const k Int)
(assert (not (= i j)))
(assert (not (= (select (store (store m i 1) j 2) k) (select (store (store m j 2) i 1) k))))
(check-sat)
