namespace Optimove.Portal.Ui.Icons;

/// <summary>The icons of the portal: one drawing each, 16 by 16, a line of 1.5.</summary>
public enum Glyph
{
    Home, Users, User, Target, Megaphone, Calendar, Bolt, Chart, Plug, File, Gear, Layout, Search, Sun, Moon,
    ChevronDown, ChevronUp, ChevronRight, ChevronLeft, Plus, Minus, Pen, Lock, List, ArrowUp, ArrowDown, ArrowRight,
    Tick, TickCircle, Flag, Pause, Play, Clock, ClockX, HalfDisc, Barred, Warn, Info, X, XCircle,
    Copy, Link, Download, Upload, Refresh, Eye, Menu, Trash, Undo, Key, SignOut, Mail, Message, Filter, More, External, Database, Shield, Spinner,
}

public enum IconSize
{
    /// <summary>16 px.</summary>
    Normal,
    /// <summary>14 px.</summary>
    Small,
    /// <summary>20 px.</summary>
    Large,
}
