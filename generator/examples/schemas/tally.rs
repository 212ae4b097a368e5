//! Counts of what was compared, and how they are printed.

use std::collections::BTreeMap;

use crate::judge::Verdict;

/// The heads of the columns that [`Tallies::print`] fills.
pub(crate) const HEADER: &str = "\
api                          where      fields   same   wider  unknown undoc.  whole  wrong          \
optional  format  enum";

/// What was compared, by where it stands.
#[derive(Default)]
pub(crate) struct Tallies {
    /// Operations of the collection, and those of them that the description has.
    pub(crate) operations: [usize; 2],
    pub(crate) replies: Tally,
    pub(crate) requests: Tally,
    pub(crate) parameters: Tally,
}

/// Counts of fields.
#[derive(Default)]
pub(crate) struct Tally {
    fields: usize,
    same: usize,
    wider: usize,
    unknown: usize,
    undocumented: usize,
    whole: usize,
    wrong: usize,
    optional: Share,
    format: Share,
    listed: Share,
    classes: BTreeMap<String, Vec<String>>,
}

/// How many of how many agree.
#[derive(Clone, Copy, Default)]
struct Share {
    agree: usize,
    all: usize,
}

impl Tally {
    pub(crate) fn add(&mut self, verdict: Verdict, place: impl Fn() -> String) {
        self.fields += 1;
        let class = match verdict {
            Verdict::Same => {
                self.same += 1;
                return;
            }
            Verdict::Unknown => {
                self.unknown += 1;
                return;
            }
            Verdict::Undocumented => {
                self.undocumented += 1;
                return;
            }
            Verdict::Wider => {
                self.wider += 1;
                return;
            }
            Verdict::Whole => {
                self.whole += 1;
                "documented as number, whole by its description".to_owned()
            }
            Verdict::Wrong(class) => {
                self.wrong += 1;
                format!("wrong: {class}")
            }
        };
        self.note(class, place);
    }

    /// Keeps the place of something worth a look.
    pub(crate) fn note(&mut self, class: String, place: impl Fn() -> String) {
        self.classes.entry(class).or_default().push(place());
    }

    pub(crate) fn add_optional(&mut self, agree: bool) {
        self.optional.add(agree);
    }

    pub(crate) fn add_format(&mut self, agree: bool) {
        self.format.add(agree);
    }

    pub(crate) fn add_listed(&mut self, agree: bool) {
        self.listed.add(agree);
    }

    /// The share of wrong fields in percent.
    pub(crate) fn wrong_share(&self) -> f64 {
        percent(self.wrong, self.fields)
    }

    fn merge(&mut self, other: Tally) {
        self.fields += other.fields;
        self.same += other.same;
        self.wider += other.wider;
        self.unknown += other.unknown;
        self.undocumented += other.undocumented;
        self.whole += other.whole;
        self.wrong += other.wrong;
        self.optional.merge(other.optional);
        self.format.merge(other.format);
        self.listed.merge(other.listed);
        for (class, mut places) in other.classes {
            self.classes.entry(class).or_default().append(&mut places);
        }
    }

    fn print(&self, api: &str, what: &str) {
        if self.fields == 0 {
            return;
        }
        let part = |count| percent(count, self.fields);
        println!(
            "{api:<28} {what:<10} {:>6} {:>5.1} % {:>4.1} % {:>5.1} % {:>4.1} % {:>4.1} % {:>4} {:>5.2} %  {}  {}  {}",
            self.fields,
            part(self.same),
            part(self.wider),
            part(self.unknown),
            part(self.undocumented),
            part(self.whole),
            self.wrong,
            part(self.wrong),
            self.optional.text(),
            self.format.text(),
            self.listed.text(),
        );
    }

    fn print_classes(&self, what: &str, samples: usize) {
        let mut classes: Vec<_> = self.classes.iter().collect();
        classes.sort_by_key(|(_, places)| std::cmp::Reverse(places.len()));
        for (class, places) in classes {
            println!("{:>6} {what}: {class}", places.len());
            let step = places.len().div_ceil(samples.max(1));
            for place in places.iter().step_by(step.max(1)) {
                println!("       {place}");
            }
        }
    }
}

impl Tallies {
    pub(crate) fn merge(&mut self, other: Tallies) {
        self.operations[0] += other.operations[0];
        self.operations[1] += other.operations[1];
        self.replies.merge(other.replies);
        self.requests.merge(other.requests);
        self.parameters.merge(other.parameters);
    }

    fn all(&self) -> [(&'static str, &Tally); 3] {
        [
            ("replies", &self.replies),
            ("requests", &self.requests),
            ("parameters", &self.parameters),
        ]
    }

    pub(crate) fn print(&self, api: &str) {
        let [all, described] = self.operations;
        println!("{api}: {described} of {all} operations are described");
        for (what, tally) in self.all() {
            tally.print(api, what);
        }
    }

    pub(crate) fn print_classes(&self, samples: usize) {
        println!();
        for (what, tally) in self.all() {
            tally.print_classes(what, samples);
        }
    }
}

impl Share {
    fn add(&mut self, agree: bool) {
        self.agree += usize::from(agree);
        self.all += 1;
    }

    fn merge(&mut self, other: Share) {
        self.agree += other.agree;
        self.all += other.all;
    }

    fn text(self) -> String {
        match self.all {
            0 => "     –".to_owned(),
            all => format!("{:>5.1} % of {all}", percent(self.agree, all)),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of fields are small")]
fn percent(part: usize, all: usize) -> f64 {
    100.0 * part as f64 / all.max(1) as f64
}
