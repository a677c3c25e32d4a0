"""Click in Dutch: its help page and its error messages, for readers who should not have to read English."""

from __future__ import annotations

import sys
from typing import Any

import click

from begrippen.fout import MonitorError, SchijfError, is_vol

# Exit codes, as the data team's scheduler reads them.
DONE, REFUSED, WRONG_USE, OLDER_ANSWER = 0, 1, 2, 3


class Onbekend(click.UsageError):
    """A command that is not there."""


class Overbodig(click.UsageError):
    """More on the line than the command takes."""


class OnjuisteWaarde(click.UsageError):
    """A value that an option or argument does not take."""

    def __init__(self, param: click.Parameter | None, waarde: object, ctx: click.Context) -> None:
        super().__init__(str(waarde), ctx)
        self.naam = param.opts[0] if param else "een waarde"
        self.waarde = str(waarde)
        whole = param is not None and isinstance(param.type, click.types.IntParamType)
        self.geen_getal = whole and not self.waarde.removeprefix("-").isdigit()


class Command(click.Command):
    """A command whose help is in Dutch."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the line; what is wrong with it is an error with fields, as click has words alone."""
        given, allowed = list(args), ctx.allow_extra_args
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.MissingParameter:
            raise
        except click.BadParameter as error:
            values, _, _ = self.make_parser(ctx).parse_args(given)
            name = error.param.name if error.param else None
            raise OnjuisteWaarde(error.param, values.get(name or "", ""), ctx) from None
        finally:
            ctx.allow_extra_args = allowed
        if rest and not allowed:
            raise Overbodig(" ".join(map(str, rest)), ctx)
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help with a Dutch explanation."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Toon deze uitleg."
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write 'Gebruik: monitor ...'."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        pieces = pieces.replace("[OPTIONS]", "[OPTIES]").replace("COMMAND [ARGS]...", "OPDRACHT ...")
        formatter.write_usage(ctx.command_path, pieces, prefix="Gebruik: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under 'Opties'."""
        rows = [
            row
            for p in self.get_params(ctx)
            if isinstance(p, click.Option) and (row := p.get_help_record(ctx)) is not None
        ]
        if rows:
            with formatter.section("Opties"):
                formatter.write_dl([(name, text.replace("[default: ", "[anders: ")) for name, text in rows])


class Group(Command, click.Group):
    """A group of commands whose help is in Dutch, and whose commands are too."""

    command_class = Command
    group_class = type

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands under 'Opdrachten'."""
        Command.format_options(self, ctx, formatter)
        rows = [(name, self.commands[name].get_short_help_str(limit=90)) for name in self.list_commands(ctx)]
        with formatter.section("Opdrachten"):
            formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the line names."""
        if args and self.get_command(ctx, args[0]) is None:
            raise Onbekend(args[0], ctx)
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command line: the one place where an error becomes a Dutch text and an exit code."""
        run: Any = super().main
        if not extra.pop("standalone_mode", True):
            return run(*args, **extra, standalone_mode=False)
        try:
            code = run(*args, **extra, standalone_mode=False)
        except click.exceptions.Exit as error:
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo("Afgebroken; wat er stond, staat er nog.", err=True)
            sys.exit(REFUSED)
        except click.ClickException as error:
            click.echo(explain(error), err=True)
            sys.exit(WRONG_USE)
        except MonitorError as error:
            click.echo(f"{'Geweigerd' if error.exit_code == REFUSED else 'Fout'}: {error}", err=True)
            sys.exit(error.exit_code)
        except Exception as error:
            if is_vol(error):
                full = SchijfError(str(getattr(error, "filename", None) or ""))
                click.echo(f"Geweigerd: {full}", err=True)
                sys.exit(full.exit_code)
            if not isinstance(error, OSError):
                raise
            where = f"{error.filename}: {error.strerror}" if error.filename else str(error)
            click.echo(f"Fout: {where}", err=True)
            sys.exit(WRONG_USE)
        sys.exit(code if isinstance(code, int) else DONE)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which they are used, not of the alphabet."""
        return list(self.commands)


def explain(error: click.ClickException) -> str:
    """Say in Dutch what was wrong with the call, and where to look."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            return error.format_message()
        case click.NoSuchOption():
            known = f" Bedoelde u {' of '.join(error.possibilities)}?" if error.possibilities else ""
            text = f"onbekende optie {error.option_name}.{known}"
        case click.MissingParameter():
            name = error.param.make_metavar(error.ctx) if error.param and error.ctx else "een waarde"
            text = f"er ontbreekt {name}."
        case OnjuisteWaarde():
            hint = "geef een heel getal" if error.geen_getal else "deze waarde kan niet"
            text = f"{error.naam} {error.waarde}: {hint}."
        case click.BadOptionUsage():
            text = f"de optie {error.option_name} vraagt een waarde."
        case Onbekend():
            text = f"onbekende opdracht: {error.message}."
        case Overbodig():
            text = f"er staat te veel op de regel: {error.message}."
        case _:
            text = error.format_message()
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "monitor"
    return f"Fout: {text}\nUitleg: {path} --help"
