//! Where a clone came from, out of the address that Git has of it.

use reqwest::Url;

/// A repository on some host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// In lower case, without port.
    pub host: String,
    /// `acme/payments`, without `.git`.
    pub path: String,
}

impl Origin {
    /// Reads `https://host/acme/pay.git`, `ssh://git@host:22/acme/pay` and `git@host:acme/pay.git`; a folder is no origin.
    pub fn parse(address: &str) -> Option<Origin> {
        let address = address.trim();
        let (host, path) = match address.contains("://") {
            true => {
                let url = Url::parse(address).ok().filter(|url| url.scheme() != "file")?;
                (url.host_str()?.to_owned(), url.path().to_owned())
            }
            false => {
                let (host, path) = address.split_once(':')?;
                let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
                // A letter and a colon is a disk.
                (host.len() > 1 && !host.contains('/')).then(|| (host.to_owned(), path.to_owned()))?
            }
        };
        let path = path.trim_matches('/').trim_end_matches(".git").to_owned();
        // SSH through the HTTPS port: docs.github.com, "Using SSH over the HTTPS port".
        let host = host.to_ascii_lowercase();
        let host = if host == "ssh.github.com" { "github.com".to_owned() } else { host };
        path.contains('/').then_some(Origin { host, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_clones_lead_to_a_host() {
        let read = |address: &str| Origin::parse(address).map(|origin| format!("{} {}", origin.host, origin.path));
        for (address, wanted) in [
            ("https://github.com/acme/pay.git", "github.com acme/pay"),
            ("https://ada:secret@GitHub.com/acme/pay/", "github.com acme/pay"),
            ("git@github.com:acme/pay.git", "github.com acme/pay"),
            ("ssh://git@ssh.github.com:443/acme/pay.git", "github.com acme/pay"),
            ("ssh://git@acme.ghe.com/acme/pay", "acme.ghe.com acme/pay"),
            ("https://gitlab.acme/group/sub/pay.git", "gitlab.acme group/sub/pay"),
        ] {
            assert_eq!(read(address).as_deref(), Some(wanted), "{address}");
        }
        for address in ["/srv/git/pay.git", "file:///srv/git/acme/pay.git", "C:\\pay\\api", "C:/pay/api", "../pay", ""]
        {
            assert_eq!(read(address), None, "{address}");
        }
    }
}
