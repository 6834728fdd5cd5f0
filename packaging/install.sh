#!/bin/sh
# Installs Zanjireh from this folder, without the network.  sudo ./install.sh
# Run it again with a newer archive to upgrade; data and settings stay.
# With DESTDIR set it only lays the files there, as packagers wish.
set -eu
cd "$(dirname "$0")"

sha256sum --check --quiet SHA256SUMS

to=${DESTDIR:-}
install -D -m 755 zanjireh "$to/usr/local/bin/zanjireh"
install -D -m 644 zanjireh.service "$to/etc/systemd/system/zanjireh.service"
[ -e "$to/etc/zanjireh/zanjireh.env" ] ||
  install -D -m 640 zanjireh.env "$to/etc/zanjireh/zanjireh.env"
install -d "$to/usr/local/share/doc/zanjireh"
cp -R LICENSE README.md CHANGELOG.md licences "$to/usr/local/share/doc/zanjireh/"

[ -z "$to" ] || exit 0
getent passwd zanjireh >/dev/null ||
  useradd --system --home-dir /var/lib/zanjireh --no-create-home --shell /usr/sbin/nologin zanjireh
systemctl daemon-reload
systemctl enable zanjireh
systemctl restart zanjireh
echo "Zanjireh runs. Settings: /etc/zanjireh/zanjireh.env. Log: journalctl -u zanjireh"
