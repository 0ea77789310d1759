//! Types that lead to each other.

use crate::ir::{TypeId, Types};

/// Returns the types that lead back to themselves, those that lead to each other together and in order: strongly connected
/// components, as Tarjan finds them, without recursion.
pub(crate) fn components(types: &Types, edges: impl Fn(TypeId) -> Vec<TypeId>) -> Vec<Vec<TypeId>> {
    let count = types.len();
    let mut search = Search {
        edges,
        visited: vec![None; count],
        earliest: vec![0; count],
        open: Vec::new(),
        is_open: vec![false; count],
        visits: 0,
        found: Vec::new(),
    };
    for (id, _) in types.iter() {
        if search.visited[id.index()].is_none() {
            search.walk(id);
        }
    }
    search.found
}

struct Search<E> {
    edges: E,
    /// By type: how many were visited before it.
    visited: Vec<Option<usize>>,
    /// By type: the earliest visited type that it leads back to.
    earliest: Vec<usize>,
    /// Visited types whose component is not known yet.
    open: Vec<TypeId>,
    is_open: Vec<bool>,
    visits: usize,
    found: Vec<Vec<TypeId>>,
}

impl<E: Fn(TypeId) -> Vec<TypeId>> Search<E> {
    fn walk(&mut self, start: TypeId) {
        let mut path = vec![(start, self.enter(start))];
        while let Some((id, rest)) = path.last_mut() {
            let id = *id;
            match rest.next() {
                Some(to) => match self.visited[to.index()] {
                    None => path.push((to, self.enter(to))),
                    Some(when) if self.is_open[to.index()] => self.leads_to(id, when),
                    Some(_) => {}
                },
                None => {
                    path.pop();
                    if let Some((above, _)) = path.last() {
                        self.leads_to(*above, self.earliest[id.index()]);
                    }
                    self.leave(id);
                }
            }
        }
    }

    fn enter(&mut self, id: TypeId) -> std::vec::IntoIter<TypeId> {
        self.visited[id.index()] = Some(self.visits);
        self.earliest[id.index()] = self.visits;
        self.visits += 1;
        self.open.push(id);
        self.is_open[id.index()] = true;
        (self.edges)(id).into_iter()
    }

    fn leads_to(&mut self, id: TypeId, when: usize) {
        let earliest = &mut self.earliest[id.index()];
        *earliest = when.min(*earliest);
    }

    fn leave(&mut self, id: TypeId) {
        if self.visited[id.index()] != Some(self.earliest[id.index()]) {
            return;
        }
        let start = self.open.iter().rposition(|open| *open == id).unwrap_or_default();
        let mut component = self.open.split_off(start);
        component.iter().for_each(|id| self.is_open[id.index()] = false);
        if component.len() > 1 || (self.edges)(id).contains(&id) {
            component.sort_unstable();
            self.found.push(component);
        }
    }
}
