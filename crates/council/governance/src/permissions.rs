//! Who may do what around the committee's table.

use access::{Permission, Role};

/// Reads ordinances, articles and the plan.
pub const ORDINANCE_READ: Permission = Permission::new(
    "ordinance.read",
    &[
        Role::Secretary,
        Role::Chair,
        Role::CommitteeMember,
        Role::Observer,
        Role::CommissionExpert,
        Role::Administrator,
        Role::Auditor,
    ],
);

/// Enters ordinances, articles and the plan.
pub const ORDINANCE_KEEP: Permission =
    Permission::new("ordinance.keep", &[Role::Secretary, Role::Administrator]);

/// Reads the papers of the committees one belongs to.
pub const COMMITTEE_READ: Permission = Permission::new(
    "committee.read",
    &[
        Role::Secretary,
        Role::Chair,
        Role::CommitteeMember,
        Role::Observer,
        Role::CommissionExpert,
    ],
);

/// Sets committees up: members, terms, rules.
pub const COMMITTEE_KEEP: Permission =
    Permission::new("committee.keep", &[Role::Secretary, Role::Administrator]);

/// Plans meetings, writes agenda, attendance, minutes and resolutions.
pub const MEETING_KEEP: Permission = Permission::new("meeting.keep", &[Role::Secretary]);

/// Approves the agenda and the minutes.
pub const MEETING_APPROVE: Permission = Permission::new("meeting.approve", &[Role::Chair]);

/// Signs the minutes before the chair approves them.
pub const MINUTES_SIGN: Permission = Permission::new("minutes.sign", &[Role::Secretary]);

/// Says something about the draft of the minutes.
pub const MINUTES_REMARK: Permission = Permission::new(
    "minutes.remark",
    &[
        Role::Secretary,
        Role::Chair,
        Role::CommitteeMember,
        Role::Observer,
    ],
);

/// Brings an answer or a proof of what was asked.
pub const EVIDENCE_GIVE: Permission = Permission::new(
    "evidence.give",
    &[Role::Secretary, Role::Chair, Role::CommitteeMember],
);

/// Confirms a proof that somebody else brought.
pub const EVIDENCE_VERIFY: Permission =
    Permission::new("evidence.verify", &[Role::Secretary, Role::Chair]);

/// Answers what a committee asked of one's own body.
pub const RESOLUTION_ANSWER: Permission = Permission::new(
    "resolution.answer",
    &[
        Role::PartnerOfficer,
        Role::Supervisor,
        Role::Trainer,
        Role::ShopManager,
        Role::Secretary,
        Role::Chair,
        Role::CommitteeMember,
    ],
);

/// Files a reminder.
pub const REMINDER_FILE: Permission =
    Permission::new("reminder.file", &[Role::Observer, Role::CommissionExpert]);

/// Answers a reminder.
pub const REMINDER_ANSWER: Permission = Permission::new("reminder.answer", &[Role::Secretary]);

/// Drafts and sends the committee's letters, and registers those it receives.
pub const LETTER_KEEP: Permission = Permission::new("letter.keep", &[Role::Secretary]);

/// Signs the committee's letters.
pub const LETTER_SIGN: Permission = Permission::new("letter.sign", &[Role::Secretary, Role::Chair]);
