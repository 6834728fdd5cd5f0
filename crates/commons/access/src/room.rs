use std::collections::HashMap;

use db::{Reason, Refusal};
use persian::Lang;
use web::Words;

use crate::network::TrustedProxies;
use crate::{Need, Permission, Routes};

/// What a room shows at its door; `app` collects the rooms.
pub struct Room {
    /// Its crate's name.
    pub name: &'static str,
    /// Its words.
    pub words: &'static Words,
    /// Its routes, each with its need.
    pub routes: Routes,
    /// Its places in the main navigation.
    pub nav: Vec<NavEntry>,
    /// Its permissions, for the matrix and the catalogue.
    pub permissions: Vec<&'static Permission>,
    /// The reasons its rules refuse for.
    pub reasons: Vec<&'static Reason>,
    /// The kinds of job it does.
    pub jobs: Vec<(&'static str, jobs::Handler)>,
}

/// One place in the main navigation.
#[derive(Clone, Copy)]
pub struct NavEntry {
    /// The message that names it, in the room's words.
    pub key: &'static str,
    /// Where it leads.
    pub href: &'static str,
    /// Who sees it.
    pub need: Need,
    /// Its place in the row; smaller comes first.
    pub order: u32,
}

/// What all requests of the process share: nothing of any city.
#[derive(Default)]
pub struct Site {
    /// Whose word on the client's address is believed.
    pub proxies: TrustedProxies,
    nav: Vec<(NavEntry, Option<&'static Words>)>,
    reasons: HashMap<&'static str, &'static Words>,
}

impl Site {
    /// Collects the rooms' navigation and reasons.
    pub fn new(rooms: &[Room]) -> Self {
        let mut site = Self::default();
        for room in rooms {
            site.nav
                .extend(room.nav.iter().map(|entry| (*entry, Some(room.words))));
            site.reasons
                .extend(room.reasons.iter().map(|reason| (reason.code, room.words)));
        }
        site.nav.sort_by_key(|(entry, _)| entry.order);
        site
    }

    /// Every reason for a refusal with the words that tell it, by code.
    pub fn reasons(&self) -> Vec<(&'static str, &'static Words)> {
        let mut all: Vec<_> = self
            .reasons
            .iter()
            .map(|(code, words)| (*code, *words))
            .collect();
        all.sort_unstable_by_key(|(code, _)| *code);
        all
    }

    /// The navigation in order, with the words that name each entry.
    pub fn nav(&self) -> impl Iterator<Item = (&NavEntry, &'static Words)> {
        self.nav
            .iter()
            .filter_map(|(entry, words)| Some((entry, (*words)?)))
    }

    /// The sentence for a refusal: `reason-{code}` in the room's words.
    pub fn sentence(&self, lang: Lang, refusal: &Refusal) -> String {
        let key = format!("reason-{}", refusal.reason.code.replace('_', "-"));
        let args: Vec<(&str, web::Arg)> = refusal
            .args
            .iter()
            .map(|(name, text)| (name.as_str(), text.into()))
            .collect();
        let words = self
            .reasons
            .get(refusal.reason.code)
            .copied()
            .unwrap_or(&web::WORDS);
        words.text(lang, &key, &args)
    }
}
