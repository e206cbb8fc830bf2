const devices = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³]) *(\.|$)/i;

/** Whether Windows takes a name for one of its devices, whatever comes after a dot: there is no file `aux` or `NUL.tar.gz`. */
export function isDeviceName(file: string): boolean {
  return devices.test(file);
}
