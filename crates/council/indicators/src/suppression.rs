//! Small cells: what a table may show when few people stand behind a number.

/// A cell of a table: how many people stand behind it. What it shows is the caller's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// For each cell, whether it may be shown.
    pub cells: Vec<bool>,
    /// Whether the total may be shown.
    pub total: bool,
}

/// What a larger figure in the same sight counts beyond this one, cell by cell: «eligible» less «with
/// a plan» are those who wait for a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest {
    /// The difference, in the order of this figure's cells.
    pub cells: Vec<i64>,
    /// What of the larger figure may be shown.
    pub larger: Shown,
}

impl Rest {
    /// Few are found by subtracting these cells from the larger ones in sight.
    fn gives_away(&self, smallest: i64, is_hidden: impl Fn(usize) -> bool) -> bool {
        let places = 0..self.cells.len();
        let unknown = places.filter(|place| is_hidden(*place) || !self.larger.cells[*place]);
        let sum = unknown.map(|place| self.cells[place]).sum();
        self.larger.total && is_few(sum, smallest)
    }
}

/// True of one to `smallest - 1`.
fn is_few(count: i64, smallest: i64) -> bool {
    count > 0 && count < smallest
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
///
/// A cell that leaves few of a larger figure's cell (`rests`) is hidden like a small one.
pub fn suppress(people: &[i64], smallest: i64, overlaps: bool, rests: &[Rest]) -> Shown {
    let together = |sum: i64, people: i64| match overlaps {
        true => sum.max(people),
        false => sum + people,
    };
    let leaves_few = |place: usize| {
        let in_sight = |rest: &&Rest| rest.larger.cells[place];
        let mut in_sight = rests.iter().filter(in_sight);
        in_sight.any(|rest| is_few(rest.cells[place], smallest))
    };
    let mut cells: Vec<bool> = (0..people.len())
        .map(|place| !is_few(people[place], smallest) && !leaves_few(place))
        .collect();
    let is_safe = |cells: &[bool]| {
        let hidden = people.iter().zip(cells).filter(|(_, is_shown)| !**is_shown);
        let (count, sum) = hidden.fold((0, 0), |(count, sum), (people, _)| {
            (count + 1, together(sum, *people))
        });
        let gives_away = |rest: &Rest| rest.gives_away(smallest, |place| !cells[place]);
        (count == 0 || (count >= 2 && sum >= smallest)) && !rests.iter().any(gives_away)
    };
    // Without this total nothing is found by subtracting from it.
    if rests.iter().any(|rest| rest.gives_away(smallest, |_| true)) {
        return Shown {
            cells,
            total: false,
        };
    }
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

/// A cell before anything is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// What tells it from the others of its table.
    pub key: String,
    /// What it counts.
    pub amount: i64,
    /// People behind it.
    pub people: i64,
}

/// Which cells of a figure may be shown beside larger figures in the same sight, each with what may
/// be shown of it. A cell that only a larger figure has is an empty one here, and known to be.
pub fn suppress_beside(
    cells: &[Count],
    larger: &[(Vec<Count>, Shown)],
    smallest: i64,
    overlaps: bool,
) -> Shown {
    let find = |cells: &[Count], key: &str| cells.iter().position(|cell| cell.key == key);
    let amount =
        |cells: &[Count], key: &str| find(cells, key).map_or(0, |place| cells[place].amount);
    let mut keys: Vec<&str> = cells.iter().map(|cell| cell.key.as_str()).collect();
    for cell in larger.iter().flat_map(|(other, _)| other) {
        if !keys.contains(&cell.key.as_str()) {
            keys.push(&cell.key);
        }
    }
    let people: Vec<i64> = keys
        .iter()
        .map(|key| find(cells, key).map_or(0, |place| cells[place].people))
        .collect();
    let rests: Vec<Rest> = larger
        .iter()
        .map(|(other, shown)| Rest {
            cells: keys
                .iter()
                .map(|key| amount(other, key) - amount(cells, key))
                .collect(),
            larger: Shown {
                cells: keys
                    .iter()
                    .map(|key| find(other, key).is_none_or(|place| shown.cells[place]))
                    .collect(),
                total: shown.total,
            },
        })
        .collect();
    let mut shown = suppress(&people, smallest, overlaps, &rests);
    shown.cells.truncate(cells.len());
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(people: &[i64], smallest: i64) -> Vec<Option<i64>> {
        let shown = suppress(people, smallest, false, &[]);
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
        let shown = suppress(&[3, 4, 40, 60], 5, true, &[]);
        assert_eq!(shown.cells, [false, false, false, true]);
        assert!(shown.total);
        assert_eq!(suppress(&[3, 4], 5, true, &[]).cells, [false, false]);
        assert!(!suppress(&[3, 4], 5, true, &[]).total);
        assert_eq!(suppress(&[8, 9, 0], 5, true, &[]).cells, [true, true, true]);
    }

    #[test]
    fn what_few_are_left_of_a_larger_figure_is_not_found_by_subtraction() {
        // Every pair of a figure and a larger one over three regions.
        let some = [0, 2, 6, 11];
        let pick = |code: usize| [code % 4, code / 4 % 4, code / 16].map(|place| some[place]);
        for code in 0..64 * 64 {
            let (inner, rest) = (pick(code % 64), pick(code / 64));
            let larger: Vec<i64> = (0..3).map(|place| inner[place] + rest[place]).collect();
            let outer = suppress(&larger, 5, false, &[]);
            let beside = Rest {
                cells: rest.to_vec(),
                larger: outer.clone(),
            };
            let shown = suppress(&inner, 5, false, &[beside]);
            let both = |place: &usize| outer.cells[*place] && shown.cells[*place];
            for place in (0..3).filter(both) {
                assert!(!is_few(rest[place], 5), "{inner:?} {rest:?} {shown:?}");
            }
            let left: i64 = (0..3)
                .filter(|place| !both(place))
                .map(|place| rest[place])
                .sum();
            let may_subtract = outer.total && shown.total;
            assert!(
                !may_subtract || !is_few(left, 5),
                "{inner:?} {rest:?} {shown:?}"
            );
            assert!(!may_subtract || !is_few(rest.iter().sum(), 5));
        }
    }

    #[test]
    fn no_hidden_cell_can_be_found_by_subtraction() {
        // Every table of up to four regions with up to twelve people each.
        for code in 0..13_i64.pow(4) {
            let people: Vec<i64> = (0..4).map(|place| code / 13_i64.pow(place) % 13).collect();
            let result = suppress(&people, 5, false, &[]);
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
