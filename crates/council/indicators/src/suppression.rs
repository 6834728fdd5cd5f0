//! Small cells: what a table may show when few people stand behind a number.

/// A cell of a table: how many people stand behind it. What it shows is the caller's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// For each cell, whether it may be shown.
    pub cells: Vec<bool>,
    /// Whether the total may be shown.
    pub total: bool,
}

/// Which cells of one row of a table may be shown beside their total.
///
/// A cell of 1 to `smallest - 1` people is hidden (primary). If subtraction from the total would
/// still give a small number away, the next smallest cell is hidden too (complementary), until at
/// least two cells are hidden and together hold `smallest` people or more. When that cannot be
/// reached the total is hidden. A `smallest` of 0 hides nothing. Empty cells tell of nobody and
/// stay.
///
/// Where cells overlap, one person may stand in all hidden ones: then one of them must hold
/// `smallest` people itself.
pub fn suppress(people: &[i64], smallest: i64, overlaps: bool) -> Shown {
    let together = |sum: i64, people: i64| match overlaps {
        true => sum.max(people),
        false => sum + people,
    };
    let mut cells: Vec<bool> = people
        .iter()
        .map(|count| *count == 0 || *count >= smallest)
        .collect();
    let is_safe = |cells: &[bool]| {
        let hidden = people.iter().zip(cells).filter(|(_, is_shown)| !**is_shown);
        let (count, sum) = hidden.fold((0, 0), |(count, sum), (people, _)| {
            (count + 1, together(sum, *people))
        });
        count == 0 || (count >= 2 && sum >= smallest)
    };
    while !is_safe(&cells) {
        let next = (0..people.len())
            .filter(|place| cells[*place] && people[*place] > 0)
            .min_by_key(|place| people[*place]);
        match next {
            Some(place) => cells[place] = false,
            None => {
                return Shown {
                    cells,
                    total: false,
                };
            }
        }
    }
    let total = people.iter().fold(0, |sum, people| together(sum, *people));
    Shown {
        total: total == 0 || total >= smallest,
        cells,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(people: &[i64], smallest: i64) -> Vec<Option<i64>> {
        let shown = suppress(people, smallest, false);
        let cells = people
            .iter()
            .zip(&shown.cells)
            .map(|(count, is_shown)| is_shown.then_some(*count));
        cells
            .chain([shown.total.then(|| people.iter().sum())])
            .collect()
    }

    #[test]
    fn a_small_cell_takes_the_next_smallest_with_it() {
        // 12 + 30 + 3 = 45: with 12 and 30 in sight, 3 would be a subtraction away.
        assert_eq!(shown(&[12, 30, 3], 5), [None, Some(30), None, Some(45)]);
    }

    #[test]
    fn two_small_cells_that_are_small_together_take_a_third() {
        assert_eq!(
            shown(&[1, 2, 40, 60], 5),
            [None, None, None, Some(60), Some(103)]
        );
        assert_eq!(shown(&[3, 4, 40], 5), [None, None, Some(40), Some(47)]);
    }

    #[test]
    fn what_is_large_or_empty_stays() {
        assert_eq!(
            shown(&[5, 0, 80], 5),
            [Some(5), Some(0), Some(80), Some(85)]
        );
        assert_eq!(shown(&[9, 80, 0], 10), [None, None, Some(0), Some(89)]);
    }

    #[test]
    fn alone_in_the_table_the_total_is_hidden_with_it() {
        assert_eq!(shown(&[3, 0, 0], 5), [None, Some(0), Some(0), None]);
        assert_eq!(shown(&[], 5), [Some(0)]);
    }

    #[test]
    fn a_threshold_of_nothing_hides_nothing() {
        assert_eq!(shown(&[1, 2, 3], 0), [Some(1), Some(2), Some(3), Some(6)]);
    }

    #[test]
    fn where_cells_overlap_two_small_ones_may_be_the_same_people() {
        let shown = suppress(&[3, 4, 40, 60], 5, true);
        assert_eq!(shown.cells, [false, false, false, true]);
        assert!(shown.total);
        assert_eq!(suppress(&[3, 4], 5, true).cells, [false, false]);
        assert!(!suppress(&[3, 4], 5, true).total);
        assert_eq!(suppress(&[8, 9, 0], 5, true).cells, [true, true, true]);
    }

    #[test]
    fn no_hidden_cell_can_be_found_by_subtraction() {
        // Every table of up to four regions with up to twelve people each.
        for code in 0..13_i64.pow(4) {
            let people: Vec<i64> = (0..4).map(|place| code / 13_i64.pow(place) % 13).collect();
            let result = suppress(&people, 5, false);
            let hidden: Vec<i64> = people
                .iter()
                .zip(&result.cells)
                .filter(|(_, s)| !**s)
                .map(|(n, _)| *n)
                .collect();
            assert!(
                people
                    .iter()
                    .zip(&result.cells)
                    .all(|(n, s)| !s || *n == 0 || *n >= 5),
                "{people:?}"
            );
            let is_findable = result.total && (hidden.len() == 1 || hidden.iter().sum::<i64>() < 5);
            assert!(hidden.is_empty() || !is_findable, "{people:?} {result:?}");
        }
    }
}
