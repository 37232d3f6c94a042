; The Windows installer, for one user without administrator rights.
; Compiled by build.py, which passes the version.

#ifndef Version
  #error build.py passes the version
#endif

[Setup]
; Never change this: it is how Windows knows that a new version replaces an old one.
AppId={{6E0C2B1D-5B0E-4C57-9C0B-8C4E5D7E2A91}
AppName=OCG Desk
AppVersion={#Version}
AppPublisher=OCG Desk
DefaultDirName={autopf}\OCG Desk
DefaultGroupName=OCG Desk
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0
ChangesAssociations=yes
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=ocgdesk-{#Version}-setup
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
UninstallDisplayIcon={app}\ocgdesk-desktop.exe

[Files]
Source: "..\..\dist\ocgdesk\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
; Libraries of an older version must not be found beside the new ones.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\OCG Desk"; Filename: "{app}\ocgdesk-desktop.exe"
Name: "{autodesktop}\OCG Desk"; Filename: "{app}\ocgdesk-desktop.exe"; Tasks: desktopicon

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Registry]
Root: HKA; Subkey: "Software\Classes\.ocgdesk\OpenWithProgids"; ValueType: string; ValueName: "OCGDesk.Workspace"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.ocgdesk"; ValueType: string; ValueName: ""; ValueData: "OCGDesk.Workspace"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\OCGDesk.Workspace"; ValueType: string; ValueName: ""; ValueData: "OCG Desk workspace"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\OCGDesk.Workspace\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\ocgdesk-desktop.exe,0"
Root: HKA; Subkey: "Software\Classes\OCGDesk.Workspace\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\ocgdesk-desktop.exe"" ""%1"""
